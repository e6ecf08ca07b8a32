/* Say what just happened, for six seconds or until the pointer or focus leaves it. */
const STAYS_MS = 6000

export function toast(text: string, undo?: { label: string; act: () => void }) {
  const place = document.querySelector(".toasts")
  if (!place) return
  const sheet = document.createElement("div")
  sheet.className = "toast"
  const words = document.createElement("span")
  words.textContent = text
  sheet.append(words)
  if (undo) {
    const button = document.createElement("button")
    button.type = "button"
    button.textContent = undo.label
    button.addEventListener("click", () => (undo.act(), sheet.remove()))
    sheet.append(button)
  }
  place.append(sheet)
  const leave = () => {
    if (sheet.matches(":hover, :focus-within")) setTimeout(leave, 1000)
    else sheet.remove()
  }
  setTimeout(leave, STAYS_MS)
}

/* What was said before is over: the same thing is being tried again. */
export function hush() {
  for (const sheet of document.querySelectorAll(".toast")) sheet.remove()
}
