/** What `escapement --help` prints. */
export const helpText = `escapement: one suite of timer laws, on every board

Usage
  escapement                       lists the boards that are here and says what to do next
  escapement conform <board...>    runs the laws and prints every verdict
  escapement explore               puts the interrupts everywhere: laws in every interleaving
  escapement bugs [name]           lists real timer bugs, or brings one back and finds it
  escapement sweep uno             puts the interrupts before every instruction of the firmware
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
  ./my-board.mjs         a module whose default export is a board, a function that makes one,
                         or a target of \`explore\`; it runs in a thread of its own
  Without a board, \`conform\` takes ESCAPEMENT_PORT from the environment.

Options of conform
  --only <ids>           only these laws or groups, by commas or repeated: STOP-04,READ
  --skip <ids>           not these laws or groups; reported as skipped by request
  --json [file]          JSON to the file, or to stdout and nothing else there;
                         a file is taken only if it ends in .json, --json=<file> takes any name
  --junit <file>         JUnit XML
  --html <file>          one self-contained page
  --vcd <dir>            a waveform of each law on each simulated board
  --seed <n>             seed of the simulated boards' models
  --baud <n>             of a serial port; 115200 when absent
  --timeout <seconds>    for the whole run; ends it with exit code 42. A driver that gives no sign of
                         life for a quarter of it, at most 10 s, has broken its law
  --stock                uno: the emulator without its corrections

Options of explore
  --law <ids>            these laws or groups; READ, ARM, STOP, REG and CALL when absent
  --profile <names>      these simulated chips; avr16, systick24 and rp2040 when absent
  --all                  every law on every chip, unless --law or --profile say less
  --hal <file>           your own timer HAL: a module whose default export is a target
  --bound <n>            times that a run is held up until the next event; 2 when absent
  --length <n>           only at the first n points of a run
  --slack <ticks>        how long a run may be held up in all; 8 when absent
  --masked-max <points>  how long interrupts may be masked; 5000 when absent
  --first                ends at the first finding
  --random <n>, --pct <n>  draws n schedules for each case instead of going through all
  --depth <n>, --seed <n>  of drawn schedules: their moves, 3 when absent; of the draws
  --workers <n>          threads; 0 for the main thread, to debug a HAL in
  --shard <i/n>          only this share of the search
  --json [file]          the report, as of conform; a partial one after Ctrl-C
  --resume <file>        goes on with the search of a partial report
  --merge <files...>     joins the reports of shards, and searches nothing
  --html <file>          the findings drawn, and what was gone through
  --coverage <file>      what was gone through, as a Markdown page
  --vcd <file>           the first finding, or the replay, as a waveform
  --schedule <s>         replays one law on one chip; with --value where the law has several cases

Options of bugs
  --bound <n>            as of explore
  --schedule <s>         replays the bug; with --value <n>
  --json                 the list as JSON to stdout

Options of sweep
  --law <ids>            these laws or groups; all when absent
  --bound <n>            1 or 2; 1 when absent
  --bug <name>           the firmware image with this bug of the museum
  --stock                the emulator without its corrections
  --slack <ticks>        how long a run may be held up in all
  --json [file]          the report, as of conform
  --coverage <file>      what was gone through, as a Markdown page
  --schedule <s>         replays one law; with --value <n>

Options of laws and devs
  --json                 JSON to stdout

Options of serve
  --json                 prints {"path": ...} instead of a sentence
  --pace real-time       no faster than the real chip; free is the default
  --stock                the emulator without its corrections

Everywhere: --help, --version. Colours heed NO_COLOR and FORCE_COLOR.

Exit codes
  0    every law holds, or is skipped for a capability that the board lacks; of bugs: it was found
  1    a law is broken; a search found something; of bugs: it was not found
  2    usage: the command line makes no sense
  3    no board: no port of that name
  4    link or infrastructure error: some law has no verdict, some unit was not searched;
       or an output could not be written
  42   the time of --timeout was up
  130  ended by Ctrl-C; what was known by then is reported
`;
