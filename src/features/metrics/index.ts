import type { Feature } from '../../platform/feature.ts'
import { slack } from './slack.ts'

export { type Answer, answerQuestion } from './answer-question.ts'
export { parseQuestion, type Query, type QuestionFault } from './rules/question.ts'
export { type AnswerView, answerView, faultView } from './view.ts'

/** Figures for managers, asked in their own words. */
export const metricsFeature: Feature = { name: 'metrics', slack }
