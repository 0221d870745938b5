-- AlterTable
ALTER TABLE "customer" ADD COLUMN     "name_hash" TEXT;

-- CreateIndex
CREATE INDEX "customer_name_hash_idx" ON "customer"("name_hash");

-- CreateIndex
CREATE INDEX "customer_name_unindexed" ON "customer"("id") WHERE ((name_sealed IS NOT NULL) AND (name_hash IS NULL));

-- The last four characters of an id, by which staff find a customer. An expression: the data model does not know it.
CREATE INDEX "customer_id_tail" ON "customer"((right("id"::text, 4)));
