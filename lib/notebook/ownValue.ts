/** A property's value where the object itself holds one: no getter runs, which might fail or do something. */
export function ownValue(object: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(object, name)?.value;
}
