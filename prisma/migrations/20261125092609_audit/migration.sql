-- CreateTable
CREATE TABLE "audit" (
    "id" UUID NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "customer_id" UUID,
    "detail_sealed" TEXT,
    "detail_hash" TEXT NOT NULL,
    "content_hash" TEXT NOT NULL,
    "position" BIGINT,
    "previous_hash" TEXT,
    "hash" TEXT,

    CONSTRAINT "audit_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "audit_seq_key" ON "audit"("seq");

-- CreateIndex
CREATE UNIQUE INDEX "audit_position_key" ON "audit"("position");

-- CreateIndex
CREATE INDEX "audit_at_idx" ON "audit"("at");

-- CreateIndex
CREATE INDEX "audit_actor_id_seq_idx" ON "audit"("actor_id", "seq");

-- CreateIndex
CREATE INDEX "audit_customer_id_seq_idx" ON "audit"("customer_id", "seq");

-- CreateIndex
CREATE INDEX "audit_subject_type_subject_id_idx" ON "audit"("subject_type", "subject_id");

-- Rows are only ever added. A row takes its place in the chain once, and may give up its detail; nothing else.
CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE'
    AND to_jsonb(NEW) - ARRAY['detail_sealed', 'position', 'previous_hash', 'hash']
      = to_jsonb(OLD) - ARRAY['detail_sealed', 'position', 'previous_hash', 'hash']
    AND (NEW.detail_sealed IS NULL OR NEW.detail_sealed = OLD.detail_sealed)
    AND (OLD.position IS NULL
      OR (NEW.position, NEW.previous_hash, NEW.hash) IS NOT DISTINCT FROM (OLD.position, OLD.previous_hash, OLD.hash))
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'The audit log is append-only: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END
$$;

-- AddTrigger
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON "audit"
  FOR EACH ROW EXECUTE FUNCTION audit_append_only();
