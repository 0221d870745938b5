-- AlterTable
ALTER TABLE "erased_identity" ADD COLUMN     "business_at" TIMESTAMPTZ(3);
