/// A number for each cell of a grid, rows from the top.
struct CellGrid: Sendable, Equatable {
    let columns: Int
    let rows: Int
    private var values: [Float]

    /// A grid of zeros.
    init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
        values = [Float](repeating: 0, count: columns * rows)
    }

    /// The number of a cell.
    subscript(column: Int, row: Int) -> Float {
        get { values[row * columns + column] }
        set { values[row * columns + column] = newValue }
    }

    /// Each cell the mean of a window of odd sides round it, as far as that is on the grid.
    func mean(width: Int, height: Int) -> CellGrid {
        var means = self
        for row in 0..<rows {
            for column in 0..<columns {
                let across = max(column - width / 2, 0)...min(column + width / 2, columns - 1)
                let down = max(row - height / 2, 0)...min(row + height / 2, rows - 1)
                var sum: Float = 0
                for y in down { for x in across { sum += self[x, y] } }
                means[column, row] = sum / Float(across.count * down.count)
            }
        }
        return means
    }

    /// Cell by cell what `combine` makes of this grid and another of the same size.
    func combined(with other: CellGrid, _ combine: (Float, Float) -> Float) -> CellGrid {
        precondition(columns == other.columns && rows == other.rows, "grids that are combined are of one size")
        var result = self
        result.values = zip(values, other.values).map(combine)
        return result
    }
}
