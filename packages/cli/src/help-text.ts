/** What `escapement --help` prints. */
export const helpText = `escapement: one suite of timer laws, on every board

Usage
  escapement                       lists the boards that are here and says what to do next
  escapement conform <board...>    runs the laws and prints every verdict
  escapement laws [id or group]    prints the catalogue, or one law with its origin
  escapement devs                  lists serial ports
  escapement serve uno             puts the emulated Arduino Uno on a tty, until Ctrl-C

Boards
  sim                    every simulated board
  sim:<profile>          one of them, such as sim:avr16
  uno                    emulated ATmega328P running the shipped firmware, behind a tty
  /dev/ttyACM0, COM3     a board on a serial port; a0 u0 c0 are short for
                         /dev/ttyACM0, /dev/ttyUSB0 and COM0
  id:<usb serial>        the board with this USB serial number
  tcp://<host>:<port>    a board behind a TCP bridge
  Without a board, \`conform\` takes ESCAPEMENT_PORT from the environment.

Options of conform
  --only <ids>           only these laws or groups, by commas or repeated: STOP-04,READ
  --json [file]          JSON to the file, or to stdout and nothing else there;
                         a file is taken only if it ends in .json, --json=<file> takes any name
  --junit <file>         JUnit XML
  --html <file>          one self-contained page
  --vcd <dir>            a waveform of each law on each simulated board
  --seed <n>             seed of the simulated boards' models
  --baud <n>             of a serial port; 115200 when absent
  --timeout <seconds>    for the whole run; ends it with exit code 42
  --stock                uno: the emulator without its corrections

Options of laws and devs
  --json                 JSON to stdout

Options of serve
  --json                 prints {"path": ...} instead of a sentence
  --pace real-time       no faster than the real chip; free is the default
  --stock                the emulator without its corrections

Everywhere: --help, --version. Colours heed NO_COLOR and FORCE_COLOR.

Exit codes
  0    every law holds, or is skipped for a capability that the board lacks
  1    a law is broken
  2    usage: the command line makes no sense
  3    no board: no port of that name
  4    link or infrastructure error: some law has no verdict
  42   the time of --timeout was up
  130  ended by Ctrl-C; what was known by then is reported
`;
