type Bytes = Uint8Array<ArrayBuffer>

/** The request's bytes, or undefined when there are more than `maxBytes`: what is announced as longer is not read at all. */
export async function readBody(request: Request, maxBytes: number): Promise<Bytes | undefined> {
  const announced = request.headers.get('content-length')
  if (announced === null) return readStream(request.body, maxBytes)
  if (Number(announced) > maxBytes) return undefined
  // The server lets no more through than was announced, and hands it over faster than as a stream.
  const body = new Uint8Array(await request.arrayBuffer())
  return body.byteLength > maxBytes ? undefined : body
}

/** A stream's bytes, or undefined as soon as there are more than `maxBytes`. */
export async function readStream(stream: Request['body'], maxBytes: number): Promise<Bytes | undefined> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of stream ?? []) {
    length += chunk.byteLength
    if (length > maxBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, length)
}
