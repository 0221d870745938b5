-- AlterTable
ALTER TABLE "definition" ADD COLUMN     "source" TEXT NOT NULL DEFAULT 'file';
