-- CreateTable
CREATE TABLE "customer_key" (
    "id" TEXT NOT NULL,
    "customer_id" UUID NOT NULL,
    "made_for" UUID NOT NULL,
    "key_sealed" TEXT NOT NULL,

    CONSTRAINT "customer_key_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "customer_key_customer_id_idx" ON "customer_key"("customer_id");
