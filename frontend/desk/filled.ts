/* A part of a page that comes after it. What stands there without scripts, a link, stays where nothing comes. */

/* Fill [data-slot=found] of `element` from its data-from. */
export async function fill(element: HTMLElement): Promise<void> {
  try {
    const answer = await fetch(element.dataset.from!, { credentials: "same-origin" })
    if (!answer.ok) return
    const found = new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes
    element.querySelector("[data-slot=found]")!.replaceChildren(...[...found].map((node) => document.importNode(node, true)))
  } catch {
    // The link stays.
  }
}
