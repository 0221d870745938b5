/** A body whose bytes are made as they are fetched; whoever leaves early ends `pieces`, with what it has to do at its end. */
export function streamOf(pieces: AsyncIterable<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array<ArrayBuffer>> {
  const from = pieces[Symbol.asyncIterator]()
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await from.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel: async () => void (await from.return?.())
    },
    { highWaterMark: 0 }
  )
}
