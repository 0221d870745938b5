-- CreateIndex
CREATE INDEX "event_order" ON "event"("source", "source_id") WHERE (name = 'order.completed'::text);
