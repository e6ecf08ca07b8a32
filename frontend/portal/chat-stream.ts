/* Hearing of what is new. The stream only says that there is something; what it is, is asked for by number, so nothing
 * is lost between two connections and nothing is shown twice. Each new connection asks once by itself.
 */
import { getSnapshot, type Snapshot } from "./chat-wire.ts"

interface Told {
  after: () => number
  shown: (snapshot: Snapshot) => void
  typing: () => void
  /* The number up to which people have read. */
  read: (upto: number) => void
  /* Whether somebody's turn in the queue may come. */
  waits: () => boolean
}

const AGAIN_MS = [1_000, 2_000, 5_000, 10_000, 20_000]
const LOOK_MS = 30_000

export class TalkStream {
  #source: EventSource | undefined
  #leaving = new AbortController()
  #timer = 0
  #tries = 0
  #asking = false
  #askAgain = false

  constructor(
    private live: string,
    private messages: string,
    private told: Told,
  ) {}

  start() {
    const { signal } = this.#leaving
    addEventListener("online", () => void this.#open(), { signal })
    document.addEventListener("visibilitychange", () => !document.hidden && void this.#look(), { signal })
    // A net under the stream, for proxies that swallow it; and the queue moves when others are answered.
    const look = setInterval(() => {
      if (this.#source?.readyState !== EventSource.OPEN || (this.told.waits() && !document.hidden)) void this.#look()
    }, LOOK_MS)
    signal.addEventListener("abort", () => clearInterval(look))
    void this.#open()
  }

  stop() {
    this.#leaving.abort()
    this.#source?.close()
    clearTimeout(this.#timer)
  }

  async #open() {
    if (this.#leaving.signal.aborted) return
    clearTimeout(this.#timer)
    this.#source?.close()
    try {
      const answer = await fetch(this.live, { headers: { Accept: "application/json" } })
      if (answer.status === 404) return this.stop()
      if (!answer.ok) throw new Error(String(answer.status))
      const { url } = (await answer.json()) as { url: string }
      if (!this.#leaving.signal.aborted) this.#hear(new EventSource(url))
    } catch {
      this.#later()
    }
  }

  #hear(source: EventSource) {
    this.#source = source
    source.addEventListener("open", () => {
      this.#tries = 0
      void this.#look()
    })
    for (const name of ["changed", "missed"]) source.addEventListener(name, () => void this.#look())
    source.addEventListener("typing", () => this.told.typing())
    source.addEventListener("read", (event) => this.told.read(Number(JSON.parse((event as MessageEvent<string>).data).read)))
    source.addEventListener("error", () => {
      // While it is only connecting, the browser tries again by itself; closed means that the token has aged.
      if (source.readyState === EventSource.CLOSED) this.#later()
    })
  }

  #later() {
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(() => void this.#open(), AGAIN_MS[Math.min(this.#tries, AGAIN_MS.length - 1)]!)
    this.#tries += 1
  }

  /* Look now, whatever the stream says. */
  look() {
    void this.#look()
  }

  /* One question at a time; whatever happens meanwhile makes for one more. */
  async #look() {
    if (this.#asking) {
      this.#askAgain = true
      return
    }
    this.#asking = true
    try {
      do {
        this.#askAgain = false
        const snapshot = await getSnapshot(this.messages, this.told.after())
        if (!this.#leaving.signal.aborted) this.told.shown(snapshot)
      } while (this.#askAgain)
    } catch {
      // Away: the next connection asks again.
    } finally {
      this.#asking = false
    }
  }
}
