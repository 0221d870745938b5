import type { FlowText, SayButton, SayStep } from './schema.ts'

/** A text of a step, and where the file has it, below the step. */
type Placed = readonly [FlowText, readonly (string | number)[]]

/** Every text of a step that customers read, in the order of the file. */
export function saidTexts({ text, buttons, card }: SayStep): Placed[] {
  return [
    ...(text ? [[text, ['text']] as const] : []),
    ...labels(buttons, ['buttons']),
    ...(card ? [[card.title, ['card', 'title']] as const, [card.body, ['card', 'body']] as const] : []),
    ...labels(card?.buttons, ['card', 'buttons'])
  ]
}

/** The buttons under what is said. */
export function buttonsOf({ buttons, card }: SayStep): readonly SayButton[] {
  return buttons ?? card?.buttons ?? []
}

/** What is said in one text, for diagrams and transcripts; `fill` fills it in. */
export function saidInWords({ text, image, card }: SayStep, fill: (text: FlowText) => string): string {
  const picture = (image ?? card?.image) ? '🖼 ' : ''
  const words = card ? `${fill(card.title)}\n${fill(card.body)}` : text ? fill(text) : ''
  return `${picture}${words}`.trim()
}

function labels(buttons: readonly SayButton[] | undefined, path: readonly string[]): Placed[] {
  return (buttons ?? []).map(({ label }, index) => [label, [...path, index, 'label']] as const)
}
