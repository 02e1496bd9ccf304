package store

// SearchBytes is the memory that the search takes, in bytes.
func (s *Store) SearchBytes() int { return s.index.Bytes() }
