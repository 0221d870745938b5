-- AlterTable
ALTER TABLE "customer" ADD COLUMN     "locale_set_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "consent_change" (
    "id" BIGSERIAL NOT NULL,
    "customer_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "consent_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customer_preference" (
    "customer_id" UUID NOT NULL,
    "frequency" TEXT NOT NULL DEFAULT 'normal',
    "last_told_at" TIMESTAMPTZ(3),
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "customer_preference_pkey" PRIMARY KEY ("customer_id")
);

-- CreateIndex
CREATE INDEX "consent_change_customer_id_purpose_at_id_idx" ON "consent_change"("customer_id", "purpose", "at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "consent_change_customer_id_purpose_cause_key" ON "consent_change"("customer_id", "purpose", "cause");
