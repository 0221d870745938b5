-- AlterTable
ALTER TABLE "follow_up" ADD COLUMN     "erased_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "erased_identity" (
    "channel" TEXT NOT NULL,
    "external_hash" TEXT NOT NULL,
    "erased_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "erased_identity_pkey" PRIMARY KEY ("channel","external_hash")
);

-- CreateTable
CREATE TABLE "privacy_link" (
    "token_hash" TEXT NOT NULL,
    "customer_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "privacy_link_pkey" PRIMARY KEY ("token_hash")
);

-- CreateIndex
CREATE INDEX "privacy_link_customer_id_idx" ON "privacy_link"("customer_id");

-- CreateIndex
CREATE INDEX "privacy_link_expires_at_idx" ON "privacy_link"("expires_at");
