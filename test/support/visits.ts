import type { Database } from '../../src/platform/db/index.ts'

/** A customer without a name, with visits and NPS answers at the given instants (ISO). */
export async function visitor(
  db: Database,
  seen: { readonly visits?: readonly string[]; readonly scores?: readonly (readonly [string, number])[] }
): Promise<string> {
  const createdAt = new Date('2025-01-01T00:00:00Z')
  const { id } = await db.prisma.customer.create({ data: { createdAt } })
  await db.prisma.event.createMany({
    data: (seen.visits ?? []).map((at, index) => ({
      ...{ customerId: id, name: 'visit', at: new Date(at), source: 'test', sourceId: `visit ${index}`, properties: {} }
    }))
  })
  await db.prisma.surveyResponse.createMany({
    data: (seen.scores ?? []).map(([at, score]) => ({
      ...{ customerId: id, survey: 'nps', definitionId: id, runId: crypto.randomUUID() },
      ...{ score, scoredAt: new Date(at), startedAt: new Date(at) }
    }))
  })
  return id
}
