/** What is stored, as one of the words that it can be; throws on another one: a broken invariant. */
export function oneOf<Value extends string>(known: readonly Value[], stored: string): Value {
  const value = known.find((one) => one === stored)
  if (!value) throw new Error(`The store holds "${stored}", which is none of ${known.join(', ')}`)
  return value
}
