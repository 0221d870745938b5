-- AlterTable
ALTER TABLE "flow_run" ADD COLUMN     "arm" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "goal_at" TIMESTAMPTZ(3),
ADD COLUMN     "goal_by" TIMESTAMPTZ(3);
