-- CreateTable
CREATE TABLE "export_link" (
    "token_hash" TEXT NOT NULL,
    "choice" TEXT NOT NULL,
    "asked_by" TEXT NOT NULL,
    "taken" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "export_link_pkey" PRIMARY KEY ("token_hash")
);

-- CreateIndex
CREATE INDEX "export_link_expires_at_idx" ON "export_link"("expires_at");
