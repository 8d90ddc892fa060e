import { image, lds, reg, rjmp, sbrs, set, sts } from "./assemble.js";

/** A firmware that sends back what it gets, at 115 200 baud: poll UCSR0A, read UDR0, write UDR0. */
export const echoImage: string = image([
  ...set(reg.UCSR0A, 2),
  ...set(reg.UBRR0L, 16),
  ...set(reg.UCSR0B, 0x18),
  lds(17, reg.UCSR0A),
  sbrs(17, 7),
  rjmp(-4),
  lds(18, reg.UDR0),
  sts(reg.UDR0, 18),
  rjmp(-9),
]);
