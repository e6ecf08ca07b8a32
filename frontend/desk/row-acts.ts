/* One key for a row of a list or a card of a board, or for all that are picked: what is done is a run like that of the form for
 * several, so it says what came of it and has a way back. Without it the form does the same.
 *   #bulk data-run="where a run begins" data-token [data-assigns]   the bar of the list; only who may change anything has it
 * m takes, e solves; a, h, p and s open the palette over what the form offers: a colleague, a team, a priority, an hour.
 */
import { h } from "../ui/dom.ts"
import { offer } from "./choosing.ts"
import { fetchPage, send } from "./page.ts"

const AT_ONCE: Record<string, [string, string]> = { m: ["assignee", "me"], e: ["status", "solved"] }
const CHOSEN: Record<string, string> = { a: "assignee", h: "team", p: "priority", s: "snooze" }
const ROW = ".conversation, .board-card"
const ASSIGNS = new Set(["a", "h", "m"])

export class RowActs {
  #list: HTMLElement
  #done: (numbers: string[], page: Document) => void
  #chosen: Record<string, string>
  #holder?: HTMLElement
  #busy = false

  /* done  what has to happen when a run has begun over these numbers; `page` is what the server answered
   * more  further keys that open the palette: key -> the field of the form
   */
  constructor(list: HTMLElement, done: (numbers: string[], page: Document) => void, more: Record<string, string> = {}) {
    this.#list = list
    this.#done = done
    this.#chosen = { ...CHOSEN, ...more }
  }

  get #bar() {
    return this.#list.querySelector<HTMLFormElement>("#bulk")
  }

  /* True when the key is one of these and there is a row for it. */
  take(key: string): boolean {
    if (key === "z") return this.#undo()
    if (!AT_ONCE[key] && !this.#chosen[key]) return false
    const bar = this.#bar
    if (!bar || (ASSIGNS.has(key) && bar.dataset.assigns === undefined)) return false
    const meant = this.#meant(bar)
    if (!meant.length || this.#busy) return meant.length > 0
    if (AT_ONCE[key]) void this.#run(meant, ...AT_ONCE[key])
    else void this.#ask(meant, this.#chosen[key]!)
    return true
  }

  end() {
    this.#holder?.remove()
  }

  /* What the form of several would be sent: the whole list, those picked, or the row with the focus. */
  #meant(bar: HTMLFormElement): [string, string][] {
    const sent = [...new FormData(bar)].map(([name, value]) => [name, String(value)] as [string, string])
    if (sent.some(([name]) => name === "number" || name === "whole")) return sent
    const row = document.activeElement?.closest<HTMLElement>(ROW)
    return row && this.#list.contains(row) ? [...sent, ["number", row.dataset.number!]] : []
  }

  /* The form that says what may be done to them has the choices; the palette stands over its <select>. */
  async #ask(meant: [string, string][], name: string) {
    this.#busy = true
    try {
      const page = await fetchPage(`${this.#bar!.action}?${new URLSearchParams(meant)}`)
      const select = page.querySelector<HTMLSelectElement>(`#b-${name}`)
      const label = page.querySelector(`label[for="b-${name}"]`)
      if (!select || !label) return
      this.#holder?.remove()
      this.#holder = document.createElement("div")
      this.#holder.hidden = true
      this.#holder.append(document.importNode(label, true), document.importNode(select, true))
      document.body.append(this.#holder)
      const here = this.#holder.querySelector("select")!
      // Leaving everything as it is needs no choice.
      here.options[0]?.remove()
      here.selectedIndex = -1
      here.addEventListener("change", () => void this.#run(meant, name, here.value), { once: true })
      offer(here)
    } catch {
      // Offline: the form for several says it.
    } finally {
      this.#busy = false
    }
  }

  async #run(meant: [string, string][], name: string, value: string) {
    const form = document.createElement("form")
    form.action = this.#bar!.dataset.run!
    for (const [field, said] of [...meant, [name, value], ["csrfmiddlewaretoken", this.#bar!.dataset.token!]] as [string, string][]) {
      form.append(h("input", { type: "hidden", name: field, value: said }))
    }
    this.#busy = true
    try {
      const { page } = await send(form)
      if (this.#list.matches("desk-list")) this.#tell(page)
      this.#bar?.reset()
      this.#done(meant.filter(([field]) => field === "number").map(([, number]) => number), page)
    } catch {
      // Nobody answers: a form that is sent shows the browser's own page about it.
      document.body.append(form)
      form.method = "post"
      form.submit()
    } finally {
      this.#busy = false
    }
  }

  /* What came of it, above the list: the line of the run, or why there is none. */
  #tell(page: Document) {
    const fresh = page.querySelector("run-strip") ?? page.querySelector("[role=alert]")
    this.#list.querySelector(":scope > :is(run-strip, [role=alert][data-of-run])")?.remove()
    if (!fresh) return
    const line = document.importNode(fresh, true) as HTMLElement
    if (!line.matches("run-strip")) line.dataset.ofRun = ""
    this.#list.querySelector(".list-head")?.after(line)
  }

  #undo(): boolean {
    const button = this.#list.querySelector<HTMLElement>(":is(run-strip, .board-said) form[data-undo] button")
    button?.click()
    return button !== null
  }
}
