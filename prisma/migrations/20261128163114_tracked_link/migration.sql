-- CreateTable
CREATE TABLE "tracked_link" (
    "token_hash" TEXT NOT NULL,
    "customer_id" UUID,
    "target" TEXT NOT NULL,
    "flow" TEXT NOT NULL,
    "step" TEXT NOT NULL,
    "button" INTEGER NOT NULL,
    "run_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "clicked_at" TIMESTAMPTZ(3),

    CONSTRAINT "tracked_link_pkey" PRIMARY KEY ("token_hash")
);

-- CreateIndex
CREATE INDEX "tracked_link_customer_id_idx" ON "tracked_link"("customer_id");

-- CreateIndex
CREATE INDEX "tracked_link_created_at_idx" ON "tracked_link"("created_at");
