# Made the values stored in test_analysis_oracles.py: R 4.2.2, psych 2.2.9, coin 1.4.2, exactRankTests 0.8-35,
# GPArotation 2022.10.2 (Debian bookworm). Rscript oracle.R, in this folder.
options(digits=15)
library(psych); library(coin); library(exactRankTests); library(GPArotation)
x<-read.csv("oracle_items.csv"); p<-read.csv("oracle_paired.csv")
cat("R",as.character(getRversion()),"psych",as.character(packageVersion("psych")),"coin",as.character(packageVersion("coin")),"ert",as.character(packageVersion("exactRankTests")),"GPA",as.character(packageVersion("GPArotation")),"\n")
for(i in 0:3){a<-p[[paste0("pre",i)]];b<-p[[paste0("post",i)]]
 w<-wilcoxsign_test(b~a,distribution="asymptotic",zero.method="Wilcoxon"); e<-wilcoxsign_test(b~a,distribution="exact",zero.method="Wilcoxon")
 d<-b-a; nz<-d[d!=0]; r<-rank(abs(nz)); W<-outer(d,d,"+")/2
 cat("W",i,sum(d<0),sum(d>0),sum(d==0),sum(r[nz<0]),sum(r[nz>0]),statistic(w),pvalue(w),pvalue(e),wilcox.exact(b,a,paired=TRUE)$p.value,median(W[lower.tri(W,diag=TRUE)]),binom.test(sum(d>0),sum(d!=0))$p.value,"\n")}
a<-suppressWarnings(alpha(x)); print(a$total); print(a$item.stats); print(a$alpha.drop); print(a$feldt)
print(unlist(a$feldt))
k<-KMO(cor(x)); print(k$MSA); print(k$MSAi); print(cortest.bartlett(cor(x),n=nrow(x)))
print(eigen(cor(x))$values)
f<-fa(cor(x),2,n.obs=60,fm="pa",rotate="none",min.err=1e-12,max.iter=20000); print(f$communality,digits=12); Lo<-unclass(f$loadings); print(Lo)
o<-GPArotation::oblimin(Lo,normalize=TRUE,eps=1e-10,maxit=10000); cat("OBLIMIN\n"); print(unclass(o$loadings)); print(o$Phi)
v<-varimax(Lo,normalize=TRUE,eps=1e-14); cat("VARIMAX\n"); print(unclass(v$loadings)); pm<-stats::promax(v$loadings,m=4); cat("PROMAX\n"); print(unclass(pm$loadings)); u<-v$rotmat%*%pm$rotmat; ui<-solve(pm$rotmat); print(ui%*%t(ui))
pc<-principal(cor(x),2,rotate="none"); cat("PC\n"); print(unclass(pc$loadings)); pv<-varimax(unclass(pc$loadings),eps=1e-14); print(unclass(pv$loadings))
f1<-fa(cor(x),1,n.obs=60,fm="pa",min.err=1e-12,max.iter=20000); l<-f1$loadings[,1]; cat("OMEGA",sum(l)^2/(sum(l)^2+sum(1-l^2)),"\n")
print(l)
pl<-polychoric(x,correct=0); print(pl$rho)
cat("HOLM",p.adjust(c(.01,.04,.03,.005,.5),"holm"),"BH",p.adjust(c(.01,.04,.03,.005,.5),"BH"),"\n")
print(quantile(x$a,c(.25,.75),type=6)); print(sd(x$a))
m<-mcnemar.test(table(p$pre0>2,p$post0>2),correct=FALSE); print(m); print(m$p.value)
print(table(p$pre0>2,p$post0>2))
wm<-wilcox_test(c(p$pre0,p$pre1)~factor(rep(c("a","b"),each=40)),distribution="asymptotic"); print(statistic(wm)); print(pvalue(wm)); print(wilcox.test(p$pre0,p$pre1,exact=FALSE,correct=FALSE))
