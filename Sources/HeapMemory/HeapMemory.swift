import CMalloc

/// What this process holds of memory for its objects.
public enum HeapMemory {
    /// Gives everything that is free back to the system. It takes some milliseconds; whoever needs memory next asks for it
    /// anew, which costs more than to use what is there, so this is for idle moments.
    public static func giveBack() {
        malloc_trim(0)
    }
}
