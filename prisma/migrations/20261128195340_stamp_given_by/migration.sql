-- AlterTable
ALTER TABLE "stamp" ADD COLUMN     "given_by" TEXT;

-- CreateIndex
CREATE INDEX "stamp_given_by" ON "stamp"("given_by", "granted_at") WHERE (given_by IS NOT NULL);
