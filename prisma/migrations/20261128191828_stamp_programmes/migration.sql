-- DropIndex
DROP INDEX "stamp_customer_id_cause_key";

-- DropIndex
DROP INDEX "stamp_customer_id_code_key";

-- AlterTable
ALTER TABLE "stamp" ADD COLUMN     "programme" TEXT NOT NULL DEFAULT 'main',
ADD COLUMN     "way" TEXT NOT NULL DEFAULT 'counter';

-- Until now only presents had no code.
UPDATE "stamp" SET "way" = 'present' WHERE "code" IS NULL;

-- CreateIndex
CREATE UNIQUE INDEX "stamp_customer_id_programme_code_key" ON "stamp"("customer_id", "programme", "code");

-- CreateIndex
CREATE UNIQUE INDEX "stamp_customer_id_programme_cause_key" ON "stamp"("customer_id", "programme", "cause");
