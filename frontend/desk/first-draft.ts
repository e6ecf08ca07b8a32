/* The draft of a whole form: in this browser at once, on the server a moment later, and its address names it, so that going back
 * or coming again shows it. What a closed browser could not hand over any more is handed over by the next page.
 *   form with hidden draft and revision, [data-slot=draft] and [data-slot=moved]
 */
import { h } from "../ui/dom.ts"
import { conflict, wayOut } from "./conflict.ts"
import { OneAtATime } from "./one-at-a-time.ts"
import { put } from "./pen/edit.ts"

const LOCAL_MS = 300
const SERVER_MS = 900
const AGAIN_MS = 10_000
const STALE_MS = 30_000 // a window that is open keeps what it holds; what is older was left behind

type Fields = [string, string][]

interface Local {
  fields: Fields
  revision: string
  at: number
}

interface Moved {
  over?: boolean
  words: string
}

export class FirstDraft {
  #timer = 0
  #later = 0
  #push = new OneAtATime((anyway) => this.#pushed(anyway))

  constructor(
    private form: HTMLFormElement,
    private words: Record<string, string>, // data of <desk-beginning>
    signal: AbortSignal,
  ) {
    form.addEventListener("input", () => this.#soon(), { signal })
    form.addEventListener("change", () => this.#soon(), { signal })
    window.addEventListener("pagehide", () => this.#leave(), { signal })
    window.addEventListener("online", () => this.#local(this.#key()) && void this.#push.run(), { signal })
    signal.addEventListener("abort", () => this.#stop())
    this.#restore()
    void this.#handOver()
  }

  #restore() {
    const local = this.#local(this.#key())
    if (!local) return
    if (local.revision !== this.#hidden("revision").value) {
      // The server holds other words by now.
      return JSON.stringify(local.fields) === JSON.stringify(this.#fields()) ? this.#forget() : this.#moved(local)
    }
    this.#put(local.fields)
    void this.#push.run()
  }

  /* What other windows left behind in this browser goes to the server, each as a draft of its own. */
  async #handOver() {
    const keys = Object.keys(localStorage).filter((each) => each.startsWith(`first:${this.words.me}:`) && each !== this.#key())
    for (const key of keys) {
      const local = this.#local(key)
      if (!local) localStorage.removeItem(key)
      else if (Date.now() - local.at > STALE_MS) await this.#give(key, local).catch(() => {})
    }
  }

  async #give(key: string, local: Local) {
    const named = (draft: string, revision: string) => this.#data([...local.fields, ["draft", draft], ["revision", revision]])
    const answer = await this.#post(named(key.split(":")[2]!, local.revision))
    if (answer.status === 409 && !((await answer.json()) as Moved).over) await this.#post(named(crypto.randomUUID().replaceAll("-", ""), "0"))
    if (answer.ok || answer.status === 409) localStorage.removeItem(key)
  }

  #soon() {
    this.#stop()
    this.#timer = window.setTimeout(() => this.#keepHere(), LOCAL_MS)
    this.#later = window.setTimeout(() => void this.#push.run(), SERVER_MS)
  }

  #stop() {
    clearTimeout(this.#timer)
    clearTimeout(this.#later)
    this.#timer = 0
  }

  #keepHere() {
    localStorage.setItem(this.#key(), JSON.stringify({ fields: this.#fields(), revision: this.#hidden("revision").value, at: Date.now() }))
    this.#say(this.words.kept!)
  }

  async #pushed(anyway: boolean) {
    const fields = this.#fields()
    try {
      const answer = await this.#post(this.#named(fields, anyway))
      if (answer.status === 409) return this.#moved(null, (await answer.json()) as Moved)
      if (!answer.ok) throw new Error(String(answer.status))
      this.#hidden("revision").value = String(((await answer.json()) as { revision: number }).revision)
      this.#slot("moved").replaceChildren()
      const here = new URL(location.href)
      here.search = `?draft=${this.#hidden("draft").value}`
      history.replaceState(history.state, "", here)
      if (JSON.stringify(this.#fields()) !== JSON.stringify(fields)) return this.#keepHere()
      this.#forget()
      this.#say(this.words.keptThere!)
    } catch {
      clearTimeout(this.#later)
      this.#later = window.setTimeout(() => void this.#push.run(), AGAIN_MS)
    }
  }

  #leave() {
    if (!this.#timer && !this.#local(this.#key())) return
    this.#keepHere()
    navigator.sendBeacon(this.words.draft!, this.#named(this.#fields(), false))
  }

  /* Another window wrote meanwhile: both are offered. */
  #moved(local: Local | null, there: Moved = { words: this.words.moved! }) {
    if (!local) this.#keepHere()
    const keep = wayOut(this.words.keepThese!, () => this.#keepThese(local))
    const use = !there.over && wayOut(this.words.useOther!, () => this.#useOther())
    this.#slot("moved").replaceChildren(conflict(h("p", {}, there.words), keep, use))
  }

  #keepThese(local: Local | null) {
    if (local) this.#put(local.fields)
    void this.#push.run(true)
  }

  #useOther() {
    this.#stop()
    this.#forget()
    location.assign(`?draft=${this.#hidden("draft").value}`)
  }

  /* What stands in the form, without files and without what only this page needs. */
  #fields(): Fields {
    const own = new Set(["csrfmiddlewaretoken", "client_id", "draft", "revision"])
    return [...new FormData(this.form)].filter((each): each is [string, string] => typeof each[1] === "string" && !own.has(each[0]))
  }

  #put(fields: Fields) {
    for (const input of this.form.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>("input:not([type=hidden], [type=file]), select, textarea")) {
      const values = fields.filter(([name]) => name === input.name).map(([, value]) => value)
      if (input instanceof HTMLInputElement && ["checkbox", "radio"].includes(input.type)) input.checked = values.includes(input.value)
      else if (values.length && input instanceof HTMLTextAreaElement) put(input, values[0]!)
      else if (values.length) input.value = values[0]!
    }
  }

  #named(fields: Fields, anyway: boolean) {
    const named: Fields = [...fields, ["draft", this.#hidden("draft").value], ["revision", this.#hidden("revision").value]]
    return this.#data(anyway ? [...named, ["anyway", "1"]] : named)
  }

  #data(fields: Fields) {
    const data = new FormData()
    data.set("csrfmiddlewaretoken", this.#hidden("csrfmiddlewaretoken").value)
    for (const [name, value] of fields) data.append(name, value)
    return data
  }

  #post(body: FormData) {
    return fetch(this.words.draft!, { method: "POST", body })
  }

  #local(key: string): Local | null {
    try {
      const local = JSON.parse(localStorage.getItem(key) ?? "null") as Local | null
      return local && Array.isArray(local.fields) ? local : null
    } catch {
      return null
    }
  }

  #forget() {
    localStorage.removeItem(this.#key())
  }

  #key() {
    return `first:${this.words.me}:${this.#hidden("draft").value}`
  }

  #hidden(name: string) {
    return this.form.querySelector<HTMLInputElement>(`input[name=${name}]`)!
  }

  #slot(name: string) {
    return this.form.querySelector<HTMLElement>(`[data-slot=${name}]`)!
  }

  #say(words: string) {
    this.#slot("draft").textContent = words
  }
}
