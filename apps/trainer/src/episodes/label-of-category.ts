/** What a scorer's category of photos shows, in whatever folder it stood: two folders of cats are one thing to learn. */
export function labelOfCategory(name: string): string {
  return name.slice(name.indexOf("/") + 1);
}
