-- AlterTable
ALTER TABLE "likely_duplicate" ADD COLUMN     "decided_by" TEXT;

-- CreateTable
CREATE TABLE "customer_merge" (
    "id" UUID NOT NULL,
    "from_id" UUID NOT NULL,
    "into_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "merged_by" TEXT NOT NULL,
    "merged_at" TIMESTAMPTZ(3) NOT NULL,
    "undone_by" TEXT,
    "undone_at" TIMESTAMPTZ(3),
    "stays" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "customer_merge_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customer_merge_row" (
    "merge_id" UUID NOT NULL,
    "table_name" TEXT NOT NULL,
    "part" INTEGER NOT NULL,
    "changes_sealed" TEXT NOT NULL,

    CONSTRAINT "customer_merge_row_pkey" PRIMARY KEY ("merge_id","table_name","part")
);

-- CreateIndex
CREATE UNIQUE INDEX "customer_merge_cause_key" ON "customer_merge"("cause");

-- CreateIndex
CREATE INDEX "customer_merge_from_id_idx" ON "customer_merge"("from_id");

-- CreateIndex
CREATE INDEX "customer_merge_into_id_idx" ON "customer_merge"("into_id");

-- AddForeignKey
ALTER TABLE "customer_merge_row" ADD CONSTRAINT "customer_merge_row_merge_id_fkey" FOREIGN KEY ("merge_id") REFERENCES "customer_merge"("id") ON DELETE CASCADE ON UPDATE CASCADE;
