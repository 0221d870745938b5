-- CreateTable
CREATE TABLE "link_proof" (
    "hash" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "identity_sealed" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_by" UUID,

    CONSTRAINT "link_proof_pkey" PRIMARY KEY ("hash")
);

-- CreateIndex
CREATE INDEX "link_proof_expires_at_idx" ON "link_proof"("expires_at");
