/* Messages on their way out: one after the other, each with its own id, tried until the server has it or says no.
 * Words wait in sessionStorage, so a reload sends them under the same id and they stand once; files wait in memory.
 */
import { act, Refused, type Snapshot } from "./chat-wire.ts"

export interface Item {
  client: string
  text: string
  files: File[]
}

interface Told {
  address: () => string
  fields: () => FormData
  sent: (snapshot: Snapshot, item: Item) => void
  waiting: (item: Item) => void
  refused: (item: Item, why: string) => void
}

const WAIT_MS = [1_000, 2_000, 4_000, 8_000, 15_000]

export class Outbox {
  #queue: Item[] = []
  #held: Item[] = []
  #busy = false
  #timer = 0
  #tries = 0
  #leaving = new AbortController()

  constructor(
    private key: string,
    private told: Told,
  ) {
    addEventListener("online", () => this.#soon(0), { signal: this.#leaving.signal })
  }

  /* What an earlier life of this page could not send. */
  resume(): Item[] {
    try {
      const kept = JSON.parse(sessionStorage.getItem(`${this.key}:outbox`) ?? "[]") as { client: string; text: string }[]
      this.#queue = kept.map(({ client, text }) => ({ client, text, files: [] }))
    } catch {
      this.#queue = []
    }
    if (this.#queue.length) this.#soon(0)
    return [...this.#queue]
  }

  add(item: Item) {
    this.#queue.push(item)
    this.#keep()
    this.#soon(0)
  }

  /* One that was refused, tried again as it is. */
  again(client: string) {
    const item = this.#held.find((each) => each.client === client)
    if (!item) return
    this.#held = this.#held.filter((each) => each !== item)
    this.told.waiting(item)
    this.add(item)
  }

  stop() {
    this.#leaving.abort()
    clearTimeout(this.#timer)
  }

  #soon(milliseconds: number) {
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(() => void this.#run(), milliseconds)
  }

  async #run() {
    if (this.#busy) return
    this.#busy = true
    try {
      while (this.#queue[0]) await this.#send(this.#queue[0])
      this.#tries = 0
    } catch {
      // Nobody answered: it stays first in line.
      for (const item of this.#queue) this.told.waiting(item)
      this.#soon(WAIT_MS[Math.min(this.#tries, WAIT_MS.length - 1)]!)
      this.#tries += 1
    } finally {
      this.#busy = false
    }
  }

  async #send(item: Item) {
    const fields = this.told.fields()
    fields.set("text", item.text)
    fields.set("client_id", item.client)
    for (const file of item.files) fields.append("files", file)
    try {
      const snapshot = await act(this.told.address(), fields)
      this.#done(item)
      this.told.sent(snapshot, item)
    } catch (problem) {
      if (!(problem instanceof Refused)) throw problem
      this.#done(item)
      this.#held.push(item)
      this.told.refused(item, problem.message)
    }
  }

  #done(item: Item) {
    this.#queue = this.#queue.filter((each) => each !== item)
    this.#keep()
  }

  #keep() {
    const words = this.#queue.filter((item) => item.text).map(({ client, text }) => ({ client, text }))
    if (words.length) sessionStorage.setItem(`${this.key}:outbox`, JSON.stringify(words))
    else sessionStorage.removeItem(`${this.key}:outbox`)
  }
}
