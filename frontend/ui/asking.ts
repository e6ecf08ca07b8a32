/* Ask while somebody types: after a breath, one question at a time, the latest answer only. */
const BREATH_MS = 120

export class Asking<Answer> {
  #timer = 0
  #running = new AbortController()

  constructor(
    private fetcher: (question: string, signal: AbortSignal) => Promise<Answer>,
    private shown: (answer: Answer, question: string) => void,
    private failed: () => void = () => {},
    private breathMs = BREATH_MS,
  ) {}

  ask(question: string) {
    this.stop()
    this.#timer = window.setTimeout(() => void this.#run(question), this.breathMs)
  }

  stop() {
    clearTimeout(this.#timer)
    this.#running.abort()
  }

  async #run(question: string) {
    this.#running = new AbortController()
    const { signal } = this.#running
    try {
      const answer = await this.fetcher(question, signal)
      if (!signal.aborted) this.shown(answer, question)
    } catch {
      if (!signal.aborted) this.failed()
    }
  }
}

export async function getJson<T>(url: string, fields: Record<string, string>, signal: AbortSignal): Promise<T> {
  const address = new URL(url, location.href)
  for (const [name, value] of Object.entries(fields)) if (value) address.searchParams.set(name, value)
  const answer = await fetch(address, { signal, headers: { Accept: "application/json" } })
  if (!answer.ok) throw new Error(String(answer.status))
  return (await answer.json()) as T
}
