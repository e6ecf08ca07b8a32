/* What is kept with the words of a draft: the fields of its form that carry data-kept-too (addresses, subject, files ticked). */

export type Fields = Record<string, string[]>

const OF_ONE_FORM = ["subject", "attachment"] // another message's form has its own

function all(form: HTMLFormElement) {
  return [...form.querySelectorAll<HTMLInputElement>("input[data-kept-too]")]
}

export function watch(form: HTMLFormElement, hear: () => void, signal: AbortSignal) {
  for (const each of all(form)) each.addEventListener("input", hear, { signal })
}

export function read(form: HTMLFormElement): Fields {
  const fields: Fields = {}
  for (const each of all(form)) {
    fields[each.name] ??= []
    if (each.type !== "checkbox" || each.checked) fields[each.name]!.push(each.value)
  }
  return fields
}

/* What `there` says, as far as it fits this form; what it does not speak of stays as it is here. */
export function fitting(form: HTMLFormElement, there: Fields): Fields {
  const here = read(form)
  const isOther = there.forward !== undefined && there.forward[0] !== here.forward?.[0]
  const fits = (name: string) => name !== "forward" && there[name] !== undefined && !(isOther && OF_ONE_FORM.includes(name))
  const shown = new Set(all(form).map((each) => `${each.name} ${each.value}`))
  const may = (name: string) => (name === "attachment" ? there[name]!.filter((each) => shown.has(`${name} ${each}`)) : there[name]!)
  return Object.fromEntries(Object.entries(here).map(([name, values]) => [name, fits(name) ? may(name) : values]))
}

export function put(form: HTMLFormElement, fields: Fields) {
  for (const each of all(form)) {
    const values = fields[each.name] ?? []
    if (each.type === "checkbox") each.checked = values.includes(each.value)
    else if (each.type !== "hidden") each.value = values[0] ?? ""
  }
}

/* Whether anything was typed or ticked there; what the page came with counts only as addresses, which no form begins with. */
export function isTyped(form: HTMLFormElement) {
  return all(form).some((each) => {
    if (each.type === "checkbox") return each.checked !== each.defaultChecked
    return each.type !== "hidden" && (each.value !== each.defaultValue || (each.name === "to" && each.value !== ""))
  })
}

export function isSame(one: Fields, other: Fields) {
  const flat = (fields: Fields) => JSON.stringify(Object.entries(fields).map(([name, values]) => [name, [...values].sort()]).sort())
  return flat(one) === flat(other)
}
