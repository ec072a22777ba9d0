import sys,time,os
import llama_cpp, numpy as np
from llama_cpp import Llama
m=sys.argv[1]; t=int(sys.argv[2])
llm=Llama(m,n_ctx=2048,n_threads=t,n_threads_batch=t,verbose=False,n_batch=512,n_ubatch=512)
ids=[(i*7919)%40000+300 for i in range(512)]
for r in range(4):
    llm.reset(); llm._ctx.kv_cache_clear() if hasattr(llm._ctx,'kv_cache_clear') else llm._ctx.memory_clear(True) if hasattr(llm._ctx,'memory_clear') else None
    t0=time.time(); llm.eval(ids); pf=time.time()-t0
    t0=time.time()
    for i in range(128): llm.eval([ids[i]])
    dc=time.time()-t0
    print(f"prefill {512/pf:.1f} decode {128/dc:.1f}")
