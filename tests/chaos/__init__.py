"""`make chaos`: processes are killed, Redis is emptied, the gateway misbehaves; nobody is told
twice and nobody is forgotten in silence."""
