/* A form that stood open may outlive the sign-in behind it. Before one is sent it is asked whether the author is still known;
 * if not, the words stay on the page and a notice leads to the sign-in in another tab.
 *   <template id="signed-out" data-ask="address">  the notice; the answer of its address is { token }
 */
const KNOWN_MS = 60_000
let knownAt = performance.now()

function notice() {
  return document.querySelector<HTMLTemplateElement>("template#signed-out")
}

function tell(words: HTMLTemplateElement) {
  knownAt = -Infinity
  if (!document.querySelector(".signed-out")) document.querySelector("main")!.prepend(words.content.cloneNode(true))
}

/** Something was refused: ask whether the author is still known, and say so where they are not. */
export async function refused() {
  const words = notice()
  if (words && !(await stillKnown(words).catch(() => false))) tell(words)
}

async function stillKnown(words: HTMLTemplateElement) {
  const answer = await fetch(words.dataset.ask!, { redirect: "manual", headers: { Accept: "application/json" } })
  if (!answer.ok) return false
  const { token } = (await answer.json()) as { token: string }
  for (const each of document.querySelectorAll<HTMLInputElement>("input[name=csrfmiddlewaretoken]")) each.value = token
  knownAt = performance.now()
  document.querySelector(".signed-out")?.remove()
  return true
}

async function askFirst(form: HTMLFormElement, pressed: HTMLElement | null, words: HTMLTemplateElement) {
  const known = await stillKnown(words).catch(() => false)
  if (known) return form.requestSubmit(pressed)
  tell(words)
  document.querySelector(".signed-out")?.scrollIntoView({ block: "center" })
}

addEventListener(
  "submit",
  (event) => {
    const form = event.target as HTMLFormElement
    const words = notice()
    if (!words || form.method !== "post" || performance.now() - knownAt < KNOWN_MS) return
    event.preventDefault()
    event.stopImmediatePropagation()
    void askFirst(form, event.submitter, words)
  },
  { capture: true },
)
