import { customerCipher, type FieldCipher, type Tx } from '../../platform/db/index.ts'
import type { Work } from '../../platform/work.ts'

/** A filled survey and one answer of it. */
export interface AnswerRow {
  readonly customerId: string
  readonly survey: string
  readonly definitionId: string
  readonly runId: string
  readonly startedAt: Date
  readonly question: string
  readonly number: number | undefined
  readonly text: string | undefined
  /** Whether `number` is the survey's score. */
  readonly scores: boolean
}

/** How many times somebody answered a survey, a question of it at least. */
export async function countResponses(tx: Tx, survey: string): Promise<number> {
  return tx.surveyResponse.count({ where: { survey } })
}

/** Writes an answer into the run's response, made when this is its first; a question asked again keeps its last answer. */
export async function saveAnswer(work: Work, row: AnswerRow): Promise<void> {
  const { tx, cause, now } = work
  const { customerId, survey, definitionId, runId, startedAt, question } = row
  const score = row.scores && row.number !== undefined ? { score: row.number, scoredAt: now } : {}
  const { id: responseId } = await tx.surveyResponse.upsert({
    where: { runId },
    create: { customerId, survey, definitionId, runId, startedAt, ...score },
    update: score
  })
  const answer = {
    number: row.number ?? null,
    textSealed: row.text === undefined ? null : await sealText(work, customerId, row.text),
    cause,
    answeredAt: now
  }
  await tx.surveyAnswer.upsert({
    where: { responseId_question: { responseId, question } },
    create: { responseId, customerId, question, ...answer },
    update: answer
  })
}

async function sealText(work: Work, customerId: string, text: string): Promise<string> {
  return (await customerCipher(work, customerId)).seal('survey_answer.text', text)
}

/** An answer that was taken back: whose it was. */
export interface WithdrawnAnswer {
  readonly survey: string
  readonly runId: string
  readonly question: string
  readonly answeredAt: Date
}

/** Empties the answers that a message gave, and the score when it gave that. The rows stay: the question was answered. */
export async function clearAnswers(tx: Tx, customerId: string, cause: string): Promise<WithdrawnAnswer[]> {
  const given = await tx.surveyAnswer.findMany({ where: { customerId, cause }, include: { response: true } })
  for (const { id, response, number, answeredAt } of given) {
    await tx.surveyAnswer.update({ where: { id }, data: { number: null, textSealed: null } })
    if (number !== null && response.scoredAt?.getTime() === answeredAt.getTime())
      await tx.surveyResponse.update({ where: { id: response.id }, data: { score: null, scoredAt: null } })
  }
  return given.map(({ question, answeredAt, response: { survey, runId } }) => ({ survey, runId, question, answeredAt }))
}

/** The customer's newest score of a survey: of all, or before an instant. */
export async function findLastScore(
  tx: Tx,
  customerId: string,
  { survey, before }: { survey: string; before?: Date }
): Promise<{ score: number; at: Date } | undefined> {
  const row = await tx.surveyResponse.findFirst({
    where: { customerId, survey, score: { not: null }, ...(before && { scoredAt: { lt: before } }) },
    orderBy: [{ scoredAt: 'desc' }, { id: 'desc' }]
  })
  return row?.scoredAt && row.score !== null ? { score: row.score, at: row.scoredAt } : undefined
}

/** What a customer answered to one question; both values are gone once they took it back. */
export interface GivenAnswer {
  readonly survey: string
  readonly question: string
  readonly number: number | undefined
  readonly text: string | undefined
  readonly at: Date
}

/** The customer's newest answers, at most `limit` of them. */
export async function findLatestAnswers(
  tx: Tx,
  cipher: FieldCipher,
  { customerId, limit }: { readonly customerId: string; readonly limit: number }
): Promise<GivenAnswer[]> {
  const rows = await tx.surveyAnswer.findMany({
    where: { customerId },
    include: { response: { select: { survey: true } } },
    orderBy: [{ answeredAt: 'desc' }, { id: 'desc' }],
    take: limit
  })
  return rows.map(({ response, question, number, textSealed, answeredAt }) => ({
    survey: response.survey,
    question,
    number: number ?? undefined,
    text: textSealed === null ? undefined : cipher.open('survey_answer.text', textSealed),
    at: answeredAt
  }))
}

const ROWS_AT_ONCE = 1_000

/** Forgets the texts of some answers that were given before an instant; how many. */
export async function forgetTexts(tx: Tx, before: Date): Promise<number> {
  return tx.$executeRaw`
    UPDATE survey_answer SET text_sealed = NULL WHERE id IN (
      SELECT id FROM survey_answer WHERE answered_at < ${before} AND text_sealed IS NOT NULL LIMIT ${ROWS_AT_ONCE})`
}
