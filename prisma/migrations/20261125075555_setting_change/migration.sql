-- CreateTable
CREATE TABLE "setting_change" (
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "value" TEXT NOT NULL,
    "changed_by" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "cause" TEXT NOT NULL,

    CONSTRAINT "setting_change_pkey" PRIMARY KEY ("name","version")
);

-- CreateIndex
CREATE UNIQUE INDEX "setting_change_name_cause_key" ON "setting_change"("name", "cause");
