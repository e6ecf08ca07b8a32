/* The page as the server shows it now, fetched again or got back from a form, to take parts from. */
import { parsed } from "../ui/dom.ts"

export async function fetchPage(url = location.href): Promise<Document> {
  return parsed(await (await got(url)).text())
}

async function got(url: string): Promise<Response> {
  const answer = await fetch(url)
  if (!answer.ok) throw new Error(String(answer.status))
  return answer
}

/* POST what a script has to say, with the form token of this page. Rejects when offline. */
export function post(url: string, fields: Record<string, string>): Promise<Response> {
  return fetch(url, { method: "POST", body: new URLSearchParams({ csrfmiddlewaretoken: csrf(), ...fields }) })
}

/* Send a form as its submit button would. Resolves to the answer and the page it led to; rejects when offline. */
export async function send(form: HTMLFormElement, submitter?: HTMLElement | null, more: Record<string, string> = {}) {
  const fields = new FormData(form)
  if (submitter instanceof HTMLButtonElement && submitter.name) fields.set(submitter.name, submitter.value)
  for (const [name, value] of Object.entries(more)) fields.set(name, value)
  const answer = await fetch(form.action, { method: "POST", body: fields })
  return { answer, page: parsed(await answer.text()) }
}

/* Whether the desk led on from a conversation: to another one, or back to a list. */
export function ledOn(page: Document, from: string): boolean {
  const there = page.querySelector<HTMLElement>("desk-conversation, desk-list")
  return there !== null && there.dataset.number !== from
}

/* A new token for the stream of a list, from where its counts are asked for. */
export async function freshToken(counts: string): Promise<string> {
  return ((await (await got(counts)).json()) as { token: string }).token
}

/* A filter was chosen: the list is narrowed at once. Fields left empty stay out of the address. */
export function narrow(event: Event) {
  const form = (event.target as HTMLElement).closest("form")!
  for (const field of form.querySelectorAll<HTMLSelectElement | HTMLInputElement>(".filter")) field.disabled = !field.value
  form.submit()
}

/* The counts at the side as `page` has them. */
export function recount(page: ParentNode) {
  for (const count of page.querySelectorAll<HTMLElement>("[data-count]")) {
    const place = document.querySelector(`[data-count="${count.dataset.count}"]`)
    if (place && place.textContent !== count.textContent) place.textContent = count.textContent
    if (place) place.toggleAttribute("data-calm", count.hasAttribute("data-calm"))
  }
  alarm(page.querySelector("[data-alarms]")?.innerHTML)
}

/* What stands above the page while a mailbox fails; what stands there already is not said again. */
function alarm(html?: string) {
  const place = document.querySelector<HTMLElement>("[data-alarms]")
  if (place && html !== undefined && place.innerHTML.trim() !== html.trim()) place.innerHTML = html
}

type Shown = { counts: Record<string, string>; unread: Record<string, string>; red: string[]; alarms: string }

/* The counts and what fails, asked for by themselves; nothing changes while nobody answers. `afresh`: a mailbox is another
 * than it was. */
export async function askCounts(url: string, afresh = false) {
  try {
    const answer = await fetch(afresh ? `${url}?afresh=` : url)
    if (!answer.ok) return
    const { counts, unread, red, alarms } = (await answer.json()) as Shown
    for (const place of document.querySelectorAll<HTMLElement>(".mailbox-state")) place.toggleAttribute("data-calm", !red.includes(place.dataset.count!))
    alarm(alarms)
    for (const [name, count] of Object.entries({ ...counts, ...unread }))
      for (const place of document.querySelectorAll(`[data-count="${CSS.escape(name)}"]`)) if (place.textContent !== count) place.textContent = count
  } catch {
    // Offline: the next time.
  }
}

export function csrf(): string {
  return document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? ""
}

/* What two renderings of one thing must share to be the same: not its age, and not the form token. */
function essence(html: string): string {
  return html.replace(/<time[^>]*>[^<]*<\/time>/g, "").replace(/(name="csrfmiddlewaretoken" value=")[^"]*/g, "$1")
}

const known = new WeakMap<Element, string>()

/* Remember how the server drew `element`, because opening a <details> in it changes its own HTML. */
export function remember(element: Element) {
  known.set(element, essence(element.outerHTML))
}

/* Put `fresh` in place of `old` unless they say the same; ages are brought up to date either way.
 * Returns what stands there now. Focus inside is given back by id or name, and what was chosen there ([data-typed]) and not kept yet.
 */
export function renew(old: Element, fresh: Element): Element {
  const now = essence(fresh.outerHTML)
  if ((known.get(old) ?? essence(old.outerHTML)) === now) {
    const ages = fresh.querySelectorAll("time")
    old.querySelectorAll("time").forEach((time, at) => {
      const text = ages[at]?.textContent ?? ""
      if (text && time.textContent !== text) time.textContent = text
    })
    return old
  }
  const focused = old.contains(document.activeElement) ? (document.activeElement as HTMLElement) : null
  const placed = document.importNode(fresh, true)
  known.set(placed, now)
  old.replaceWith(placed)
  for (const { name, type, value, checked } of old.querySelectorAll<HTMLInputElement>("[data-typed]")) {
    const field = placed.querySelector<HTMLInputElement>(`[name="${name}"]${type === "checkbox" ? `[value="${value}"]` : ""}`)
    if (field) Object.assign(field, { value, checked }).dispatchEvent(new Event("change", { bubbles: true }))
    field?.toggleAttribute("data-typed", true)
    field?.closest("details")?.toggleAttribute("open", true)
  }
  if (focused?.id) document.getElementById(focused.id)?.focus()
  else if (focused) placed.querySelector<HTMLElement>("a, button, input, select")?.focus()
  return placed
}

/* Rows are shown as `page` has them: from then on it is they that a colleague's taking something is measured by. */
export function seenNow(here: ParentNode, page: ParentNode) {
  const [seen, fresh] = [here, page].map((each) => each.querySelector<HTMLInputElement>("#bulk [name=seen_at]"))
  if (seen && fresh) seen.value = fresh.value
}
