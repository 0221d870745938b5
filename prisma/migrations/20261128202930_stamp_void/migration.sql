-- DropIndex
DROP INDEX "stamp_card_id_position_key";

-- AlterTable
ALTER TABLE "stamp" ADD COLUMN     "void_reason_sealed" TEXT,
ADD COLUMN     "voided_at" TIMESTAMPTZ(3),
ADD COLUMN     "voided_by" TEXT;

-- CreateIndex
CREATE UNIQUE INDEX "stamp_place" ON "stamp"("card_id", "position") WHERE (voided_at IS NULL);
