// find RWW grid[2][1] @a @b @a
// Rows and columns that are computed on both sides.
void enable_isr(int number);
struct cell { char kind; short weight[2]; };
static int grid[3][4];
static struct cell cells[2][2];
int main(void) {
  enable_isr(1);
  for (int row = 0; row < 3; row++)
    for (int column = row; column < 4; column += 2) {
      if (row * 4 + column == 9) grid[row][column - 0] += 1;
      if (row == 2 && column == 2) grid[row][column - 1] += 1;  // @a
    }
  cells[1][0].weight[1]++;
  return 0;
}
void app_isr_1(void) {
  int *flat = &grid[0][0];
  flat[9] = 0;  // @b
  cells[1][0].weight[0] = 1;
  cells[1][0].kind = 2;
}
