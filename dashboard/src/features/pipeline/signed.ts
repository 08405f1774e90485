/** `+3` of `3`; what is zero or negative stays as it is. */
export function signed(amount: string): string {
  return /^[<-]|^>-|^\$?0(\.0*)?$/.test(amount) ? amount : `+${amount}`;
}
