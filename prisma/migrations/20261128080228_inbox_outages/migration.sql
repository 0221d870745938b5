-- AlterTable
ALTER TABLE "inbox" ADD COLUMN     "outages" INTEGER NOT NULL DEFAULT 0;
