"""Papers of the office as files: Word by 公文格式 (GB/T 9704), slides for a meeting."""
