-- CreateTable
CREATE TABLE "import_upload" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "file_id" TEXT NOT NULL,
    "brought_by" TEXT NOT NULL,
    "decided_by" TEXT,
    "report_sealed" TEXT NOT NULL,
    "rows" INTEGER NOT NULL DEFAULT 0,
    "repeated" INTEGER NOT NULL DEFAULT 0,
    "skipped" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "parts" INTEGER NOT NULL DEFAULT 0,
    "part" INTEGER NOT NULL DEFAULT 0,
    "imported" INTEGER NOT NULL DEFAULT 0,
    "duplicates" INTEGER NOT NULL DEFAULT 0,
    "erased" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "shown_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "import_upload_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_upload_part" (
    "upload_id" UUID NOT NULL,
    "part" INTEGER NOT NULL,
    "rows_sealed" TEXT NOT NULL,

    CONSTRAINT "import_upload_part_pkey" PRIMARY KEY ("upload_id","part")
);

-- AddForeignKey
ALTER TABLE "import_upload_part" ADD CONSTRAINT "import_upload_part_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "import_upload"("id") ON DELETE CASCADE ON UPDATE CASCADE;
