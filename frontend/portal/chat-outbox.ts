/* Messages on their way out: one after the other, each with its own id, tried until the server has it or says no.
 * Words are kept by the browser (kept-words.ts), so that after a reload, a closed tab or a crash they leave under the same id
 * and stand once; files wait in memory. Of several tabs one sends at a time. What is a day old waits for a press.
 */
import { act, Refused, type Snapshot } from "./chat-wire.ts"
import { KeptWords } from "./kept-words.ts"

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
  /* Too much in a short time: all that waits leaves by itself at this moment. */
  later: (item: Item, at: number) => void
  /* isForGood: as it is it will never be taken. */
  refused: (item: Item, why: string, isForGood: boolean) => void
  /* Another tab of this browser sent it. */
  left: (item: Item) => void
}

const LOCK = "talk-outbox"
const STALE_MS = 86_400_000

const WAIT_MS = [1_000, 2_000, 4_000, 8_000, 15_000]

export class Outbox {
  #queue: Item[] = []
  #held: Item[] = []
  #wasKept = new Set<string>()
  #running: Promise<void> | undefined
  #timer = 0
  #tries = 0
  #leaving = new AbortController()

  constructor(
    private kept: KeptWords,
    private told: Told,
  ) {
    addEventListener("online", () => this.#soon(0), { signal: this.#leaving.signal })
  }

  /* What an earlier life of this page could not send. `isThere` tells what the server has got already. */
  resume(isThere: (client: string) => boolean): { waiting: Item[]; held: Item[] } {
    for (const { client, text, files, at } of this.kept.all()) {
      if (isThere(client)) this.kept.forget(client)
      // Without its files, or after a day, it may not be what is meant any more: whoever wrote it presses.
      else (files.length || Date.now() - at > STALE_MS ? this.#held : this.#queue).push({ client, text, files: [] })
    }
    for (const { client } of this.#queue) this.#wasKept.add(client)
    if (this.#queue.length) this.#soon(0)
    return { waiting: [...this.#queue], held: [...this.#held] }
  }

  add(item: Item) {
    this.#queue.push(item)
    // A file alone cannot be kept, and its name alone says nothing.
    if (item.text) this.kept.keep({ client: item.client, text: item.text, files: item.files.map((file) => file.name), at: Date.now() })
    if (this.kept.has(item.client)) this.#wasKept.add(item.client)
    this.#soon(0)
  }

  /* One that was refused, tried again as it is; one that waits for its time, now. */
  again(client: string) {
    if (this.#queue.some((each) => each.client === client)) {
      for (const item of this.#queue) this.told.waiting(item)
      return this.#soon(0)
    }
    const item = this.#held.find((each) => each.client === client)
    if (!item) return
    this.#held = this.#held.filter((each) => each !== item)
    this.told.waiting(item)
    this.add(item)
  }

  /* One that was refused, given up: what it was. */
  takeBack(client: string): Item | undefined {
    const item = this.#held.find((each) => each.client === client)
    this.#held = this.#held.filter((each) => each !== item)
    return item
  }

  stop() {
    this.#leaving.abort()
    clearTimeout(this.#timer)
  }

  #soon(milliseconds: number) {
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(() => void this.#run(), milliseconds)
  }

  /* Once what is on its way has arrived, or nobody answered. A press that begins a chat of its own would lose the words
   * that are just beginning one. */
  async settled(): Promise<void> {
    if (this.#queue.length) await this.#run()
  }

  #run(): Promise<void> {
    this.#running ??= this.#sendAll().finally(() => (this.#running = undefined))
    return this.#running
  }

  async #sendAll() {
    clearTimeout(this.#timer)
    try {
      await alone(async () => {
        while (this.#queue[0]) await this.#sendOnce(this.#queue[0])
      })
      this.#tries = 0
    } catch (problem) {
      if (problem instanceof Refused) return this.#later(problem.seconds)
      // Nobody answered: it stays first in line.
      for (const item of this.#queue) this.told.waiting(item)
      this.#soon(WAIT_MS[Math.min(this.#tries, WAIT_MS.length - 1)]!)
      this.#tries += 1
    }
  }

  /* It stays first in line, kept as before, so that it leaves after a reload too. */
  #later(seconds: number) {
    const at = Date.now() + seconds * 1_000
    for (const item of this.#queue) this.told.later(item, at)
    this.#soon(seconds * 1_000)
  }

  async #sendOnce(item: Item) {
    const isElsewhere = this.#wasKept.has(item.client) && !this.kept.has(item.client)
    if (!isElsewhere) return this.#send(item)
    this.#done(item)
    this.told.left(item)
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
      if (!(problem instanceof Refused) || problem.seconds) throw problem
      this.#done(item)
      this.#held.push(item)
      this.told.refused(item, problem.message, problem.isForGood)
    }
  }

  #done(item: Item) {
    this.#queue = this.#queue.filter((each) => each !== item)
    this.#wasKept.delete(item.client)
    this.kept.forget(item.client)
  }
}

/* While no other tab of this browser does the same, where it can tell. */
async function alone(sends: () => Promise<void>) {
  await (navigator.locks ? navigator.locks.request(LOCK, sends) : sends())
}
