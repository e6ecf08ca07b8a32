/* Where the talk stands, brought up to date. An address that is being written is not taken from under the fingers: around
 * its open field the words and the badge change, and the field itself stays.
 */
export function stand(holder: HTMLElement, html: string) {
  const shown = holder.querySelector<HTMLElement>(".talk-standing")
  const open = shown?.querySelector<HTMLDetailsElement>("details[open]")
  const field = open?.querySelector<HTMLInputElement>("input")
  const template = document.createElement("template")
  template.innerHTML = html
  const fresh = template.content.querySelector<HTMLElement>(".talk-standing")
  const isInUse = field && (field.value !== "" || open!.contains(document.activeElement))
  if (!shown || !fresh || !isInUse || fresh.querySelector(".talk-mail-known")) {
    holder.innerHTML = html
    return
  }
  shown.dataset.kind = fresh.dataset.kind
  shown.querySelector("p")!.replaceWith(fresh.querySelector("p")!)
}
