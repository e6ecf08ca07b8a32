/* Where the talk stands, brought up to date. An address that is being written is not taken from under the fingers: around
 * its field the words and the badge change, and the field itself stays; where the talk goes on elsewhere it moves along.
 */
const FIELD = "details[open] input, .talk-standing > .talk-mail-field input"

export function stand(holder: HTMLElement, html: string) {
  const shown = holder.querySelector<HTMLElement>(".talk-standing")
  const field = holder.querySelector<HTMLInputElement>(FIELD)
  const around = field?.closest("details") ?? field?.parentElement
  const template = document.createElement("template")
  template.innerHTML = html
  const fresh = template.content.querySelector<HTMLElement>(".talk-standing")
  const isInUse = field && (field.value !== "" || around!.contains(document.activeElement))
  if (!shown || !fresh || !isInUse || known(shown) !== known(fresh)) {
    holder.innerHTML = html
    return
  }
  if ((shown.dataset.kind === "ticket") !== (fresh.dataset.kind === "ticket")) return moved(holder, html, field)
  shown.dataset.kind = fresh.dataset.kind
  shown.querySelector("p")!.replaceWith(fresh.querySelector("p")!)
}

/* What is said of where the answers go: another than before means that the field did its work. */
function known(standing: HTMLElement) {
  return standing.querySelector(".talk-mail-known")?.textContent ?? ""
}

function moved(holder: HTMLElement, html: string, from: HTMLInputElement) {
  const isFocused = document.activeElement === from
  holder.innerHTML = html
  const field = holder.querySelector<HTMLInputElement>("input[name=email]")
  if (!field) return
  field.closest("details")?.setAttribute("open", "")
  field.value = from.value
  if (isFocused) field.focus()
}
