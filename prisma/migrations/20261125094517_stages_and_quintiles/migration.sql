-- AlterTable
ALTER TABLE "customer_day" ADD COLUMN     "subscription_ended_at" TIMESTAMPTZ(3),
ADD COLUMN     "subscription_failed_at" TIMESTAMPTZ(3),
ADD COLUMN     "subscription_paid_at" TIMESTAMPTZ(3),
ADD COLUMN     "subscription_started_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "customer_stats" ADD COLUMN     "active_days_365d" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "frequency_score" INTEGER,
ADD COLUMN     "last_gap_days" INTEGER,
ADD COLUMN     "money_score" INTEGER,
ADD COLUMN     "recency_score" INTEGER,
ADD COLUMN     "stage" TEXT,
ADD COLUMN     "stage_due_on" DATE,
ADD COLUMN     "stage_since" DATE,
ADD COLUMN     "subscription_ended_at" TIMESTAMPTZ(3),
ADD COLUMN     "subscription_failed_at" TIMESTAMPTZ(3),
ADD COLUMN     "subscription_first_at" TIMESTAMPTZ(3),
ADD COLUMN     "subscription_paid_at" TIMESTAMPTZ(3),
ADD COLUMN     "subscription_started_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "stage_change" (
    "customer_id" UUID NOT NULL,
    "noticed_on" DATE NOT NULL,
    "stage" TEXT NOT NULL,
    "since" DATE NOT NULL,
    "before" TEXT,

    CONSTRAINT "stage_change_pkey" PRIMARY KEY ("customer_id","noticed_on","stage")
);

-- CreateIndex
CREATE INDEX "customer_stats_stage_idx" ON "customer_stats"("stage");

-- CreateIndex
CREATE INDEX "customer_stats_stage_due_on_idx" ON "customer_stats"("stage_due_on");

-- AddForeignKey
ALTER TABLE "stage_change" ADD CONSTRAINT "stage_change_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;
