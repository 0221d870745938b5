-- CreateTable
CREATE TABLE "told" (
    "id" BIGSERIAL NOT NULL,
    "customer_id" UUID NOT NULL,
    "campaign" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "told_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "told_customer_id_at_idx" ON "told"("customer_id", "at");

-- Who wants to hear less is written to no sooner than before.
INSERT INTO "told" ("customer_id", "campaign", "at")
SELECT "customer_id", '', "last_told_at" FROM "customer_preference" WHERE "last_told_at" IS NOT NULL;

ALTER TABLE "customer_preference" DROP COLUMN "last_told_at";
