-- AlterTable
ALTER TABLE "follow_up_reason" ADD COLUMN     "title_sealed" TEXT;
