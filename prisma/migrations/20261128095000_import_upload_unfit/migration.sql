-- AlterTable
ALTER TABLE "import_upload" ADD COLUMN     "unfit" INTEGER NOT NULL DEFAULT 0;
