/* Topics and articles that can be dragged and moved by the arrow keys. Without it every row has buttons.
 *   <topic-shelves data-move data-place data-moved data-failed>
 *     data-move   where a topic's move is posted, with 0 for its number; data-place the same for articles
 * On a handle: arrow up and down move within the level, right puts below the one above, left takes out.
 */
import { post } from "../ui/token.ts"
import { toast } from "../ui/toast.ts"

const STEPS: Record<string, string> = { ArrowUp: "up", ArrowDown: "down", ArrowRight: "in", ArrowLeft: "out" }
const INTO_FROM = 0.35 // of a row's height: above it the dragged one comes before, below it goes into the topic

export class TopicShelves extends HTMLElement {
  #dragged: HTMLElement | undefined
  #leaving = new AbortController()

  connectedCallback() {
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    this.#showHandles()
    this.addEventListener("keydown", this.#key, { signal })
    this.addEventListener("dragstart", this.#take, { signal })
    this.addEventListener("dragover", this.#over, { signal })
    this.addEventListener("drop", this.#drop, { signal })
    this.addEventListener("dragend", () => this.#mark(), { signal })
  }

  disconnectedCallback() {
    this.#leaving.abort()
  }

  #showHandles() {
    for (const handle of this.querySelectorAll<HTMLElement>(".rack-handle")) handle.hidden = false
  }

  #key = (event: KeyboardEvent) => {
    const handle = (event.target as HTMLElement).closest<HTMLElement>(".rack-handle")
    const step = STEPS[event.key]
    if (!handle || !step) return
    event.preventDefault()
    const [kind, id] = named(handle)
    if (kind === "article" && (step === "in" || step === "out")) return
    void this.#send(kind, id, { to: step })
  }

  #take = (event: DragEvent) => {
    this.#dragged = (event.target as HTMLElement).closest<HTMLElement>(".rack-row") ?? undefined
    event.dataTransfer?.setData("text/plain", this.#dragged?.textContent?.trim() ?? "")
  }

  #over = (event: DragEvent) => {
    const row = (event.target as HTMLElement).closest<HTMLElement>(".rack-row")
    if (!row || !this.#dragged || row === this.#dragged) return
    event.preventDefault()
    const box = row.getBoundingClientRect()
    this.#mark(row, (event.clientY - box.top) / box.height < INTO_FROM ? "before" : "into")
  }

  #drop = (event: DragEvent) => {
    const row = this.querySelector<HTMLElement>("[data-drop]")
    const place = row?.dataset.drop
    this.#mark()
    if (!row || !this.#dragged) return
    event.preventDefault()
    const [kind, id] = named(this.#dragged)
    const fields = kind === "article" ? articleTarget(row, place) : topicTarget(row, place)
    if (fields) void this.#send(kind, id, fields)
  }

  #mark(row?: HTMLElement, place = "") {
    for (const marked of this.querySelectorAll<HTMLElement>("[data-drop]")) delete marked.dataset.drop
    if (row) row.dataset.drop = place
  }

  async #send(kind: string, id: string, fields: Record<string, string>) {
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.set(name, value)
    const base = (kind === "article" ? this.dataset.place : this.dataset.move) ?? ""
    try {
      const answer = await post(base.replace("/0/", `/${id}/`), form)
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html")
      const problem = fresh.querySelector('[role="alert"]')?.textContent?.trim()
      const shelves = fresh.querySelector("topic-shelves")
      if (shelves) this.replaceChildren(...shelves.childNodes)
      this.#showHandles()
      this.querySelector<HTMLElement>(`[data-${kind}="${id}"] .rack-handle`)?.focus()
      toast(problem ?? (answer.ok ? this.dataset.moved : this.dataset.failed) ?? "")
    } catch {
      toast(this.dataset.failed ?? "")
    }
  }
}

function named(inside: HTMLElement): [string, string] {
  const article = inside.closest<HTMLElement>("[data-article]")
  if (article) return ["article", article.dataset.article ?? ""]
  return ["topic", inside.closest<HTMLElement>("[data-topic]")?.dataset.topic ?? ""]
}

function articleTarget(row: HTMLElement, place?: string): Record<string, string> | undefined {
  const topic = row.closest<HTMLElement>("[data-topic]")?.dataset.topic
  if (!topic) return undefined
  return row.dataset.article && place === "before" ? { topic, before: row.dataset.article } : { topic }
}

function topicTarget(row: HTMLElement, place?: string): Record<string, string> | undefined {
  const item = row.closest<HTMLElement>("[data-topic]")
  const product = row.closest<HTMLElement>("[data-product]")?.dataset.product ?? ""
  if (!item) return { product }
  if (place === "into") return { parent: item.dataset.topic ?? "" }
  const above = item.parentElement?.closest<HTMLElement>("[data-topic]")?.dataset.topic ?? ""
  return { product, parent: above, before: item.dataset.topic ?? "" }
}

customElements.define("topic-shelves", TopicShelves)
